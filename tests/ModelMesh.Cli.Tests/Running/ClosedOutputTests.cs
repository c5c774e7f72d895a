using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Running;

/// <summary>The program in a real pipe whose reader goes.</summary>
public sealed class ClosedOutputTests : CliTest
{
    [Fact]
    public async Task Command_WhoseReaderHasGone_EndsWith141AndLeavesItsStream()
    {
        var left = new TaskCompletionSource();
        Gateway.On("POST /v1/stream_infer", context => SpeakAsync(context, left));
        var start = new ProcessStartInfo("bash", ["-c", "dotnet \"$0\" infer slow hi | head -c 5; printf ' %s' \"${PIPESTATUS[0]}\"", typeof(MeshRoot).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["MESH_GATEWAY"] = Gateway.Address;

        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        Assert.Equal("token 141", await bash.StandardOutput.ReadToEndAsync());
        Assert.Empty(await errors);
        await bash.WaitForExitAsync();
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    // Ends by itself where the program reads it to its end, so that the test fails instead of waiting.
    private static async Task SpeakAsync(HttpContext context, TaskCompletionSource left)
    {
        try
        {
            for (var token = 0; token < 400; token++)
            {
                await FakeService.WriteEventsAsync(context, """token {"token":"token "}""");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, context.RequestAborted);
            }

            left.SetException(new InvalidOperationException("The program read it to its end."));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // A write may learn of it before the request does.
            left.SetResult();
        }
    }
}
