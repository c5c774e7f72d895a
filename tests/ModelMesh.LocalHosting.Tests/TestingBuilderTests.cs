using System.Reflection;

namespace ModelMesh.LocalHosting.Tests;

public sealed class TestingBuilderTests
{
    [Fact]
    public async Task AppHost_RunByATest_StopsAtBuildAndTheTestStartsItsApplication()
    {
        var appHost = Assembly.LoadFrom(new Projects.ModelMesh_LocalHosting_StandIn().TargetPath);
        var builder = await new TestingHook(appHost).RunMainAsync(["host"]);
        builder.Output = new LaunchOutput(TextWriter.Null, inColour: false);
        await using var app = builder.BuildApplication();

        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service").WaitAsync(TestMesh.StartTime);

        using var client = app.CreateHttpClient("service");
        Assert.Equal($"{Assert.Single(app.GetProcessIds("service"))}", await client.GetStringAsync("/pid"));
        Assert.Null(TestingHook.Current);
    }
}
