using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.ServiceDefaults.Logs;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

public sealed class RequestScopeTests
{
    [Fact]
    public void Scope_AsMoreIsKnown_SaysItToWhoeverLogsFromThenOn()
    {
        var scope = new RequestScope("r-1");
        Assert.Equal("RequestId:r-1", scope.ToString());

        scope.GoesTo("org/chat", "v1");
        Assert.Equal("RequestId:r-1 Model:org/chat Version:v1", scope.ToString());

        scope.ServedBy("other", "v2", 7);
        Assert.Equal("RequestId:r-1 Model:other Version:v2 Revision:7", scope.ToString());
        Assert.Equal(["RequestId=r-1", "Model=other", "Version=v2", "Revision=7"], scope.Select(value => $"{value.Key}={value.Value}"));
    }

    [Fact]
    public void Scope_OfAModelWithALineBreakInItsName_StaysOneLine()
    {
        var scope = new RequestScope("r-1", "PartId");
        scope.GoesTo("a\nb", "v1");

        Assert.Equal("PartId:r-1 Model:a%0Ab Version:v1", scope.ToString());
    }

    // Collectors count first and look afterwards, while the request goes on.
    [Fact]
    public void Scope_ReadWhileItChanges_NeverLosesAPlace()
    {
        var scope = new RequestScope("r-1");
        scope.ServedBy("chat", "v1", 7);
        var count = scope.Count;
        scope.GoesTo("chat", "v2");

        Assert.Equal((4, 7L), (count, scope[3].Value));
    }

    [Fact]
    public async Task Infer_TellsItsScopeWhoServes()
    {
        await using var registry = await TestRegistry.StartAsync();
        var model = registry.Put(TestModel.Mock(name: "scoped"));
        var (log, scope) = (new RecordedLog<RequestScopeTests>(), new RequestScope("r-1"));
        using (log.BeginRequest(scope))
        {
            var request = new InferenceRequest("r-1", model.Id, [new(Microsoft.Extensions.AI.ChatRole.User, "hi")], new Backends.Sdk.BackendCallOptions()) { Log = scope };
            await registry.Executor.ExecuteAsync(request, new QuietSink(), CancellationToken.None);
        }

        Assert.Equal($"RequestId:r-1 Model:scoped Version:v1 Revision:{model.Revision}", scope.ToString());
        Assert.Equal("RequestId=r-1", Assert.Single(log.Scopes));
    }
}
