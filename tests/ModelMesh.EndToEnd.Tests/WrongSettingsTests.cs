using System.Diagnostics;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>What an operator sees who got a setting wrong: every fault in a line of its own, exit code 1, no stack trace.</summary>
public sealed class WrongSettingsTests
{
    [Theory]
    [InlineData("ModelMesh.Registry", "Leases__Ttl=0;Listen__Host=nonsense;Store__KeyPrefix=a b", "Leases:Ttl;Listen:Host;Store:KeyPrefix")]
    [InlineData("ModelMesh.Gateway", "Answers__KeepAlive=0;Listen__Http=99999;Store__KeyPrefix=a b", "Answers:KeepAlive;Listen:Http;Store:KeyPrefix")]
    [InlineData("ModelMesh.Registry", "Leases__Ttl=abc;Inference__AbandonAfter=def;Listen__Http=ghi;Store__KeyPrefix=a b", "Leases:Ttl;Inference:AbandonAfter;Listen:Http;Store:KeyPrefix")]
    [InlineData("ModelMesh.Gateway", "Listen__Http=abc;Answers__KeepAlive=0", "Listen:Http;Answers:KeepAlive")]
    [InlineData("ModelMesh.Gateway", "Limits__MaxBodyBytes=abc;Limits__StalledReader=0;Registry__PingDelay=def;Registry__PingTimeout=0", "Limits:MaxBodyBytes;Limits:StalledReader;Registry:PingDelay;Registry:PingTimeout")]
    [InlineData("ModelMesh.Registry", "Backends__openai__Endpoint=nonsense;Backends__vllm__ApiKey=file:relative;Leases__Ttl=0", "Backends:openai:Endpoint (--openai-base-url);Backends:vllm:ApiKey (--qwen-api-key);Leases:Ttl")]
    [InlineData("ModelMesh.AppHost", "Ports__Gateway=abc;Store__Kind=Nope", "Ports:Gateway;Store:Kind")]
    [InlineData("ModelMesh.AppHost", "Store__Kind=Given", "Store:Kind")]
    public async Task Start_WrongSettings_OneLineEachAndExitCode1(string project, string variables, string settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Assembly(project)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(Repository.Assembly(project)),
        };
        foreach (var variable in variables.Split(';'))
        {
            start.Environment[variable.Split('=')[0]] = variable.Split('=')[1];
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = (await process.StandardError.ReadToEndAsync(patience.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync(patience.Token);

            Assert.Equal(1, process.ExitCode);
            Assert.Empty(await output);
            Assert.Equal(settings.Split(';').Length, errors.Length);
            Assert.All(settings.Split(';'), setting => Assert.Single(errors, error => error.Contains(setting, StringComparison.Ordinal)));
        }
        finally
        {
            if (!process.HasExited)
            {
                // It was started after all.
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
