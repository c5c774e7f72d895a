using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Errors;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>The sample in <c>docs/writing-a-backend.md</c>, built from the document's own text, dropped into a registry and streamed from.</summary>
public sealed partial class BackendGuideTests : IAsyncLifetime
{
    private const string Name = "Lines";

    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-guide-").FullName;
    private readonly WebApplication _upstream = Upstream();

    public Task InitializeAsync() => _upstream.StartAsync();

    public async Task DisposeAsync()
    {
        await _upstream.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        foreach (var kind in (string[])["bin", "obj"])
        {
            var left = Path.Combine(Repository.Root, "artifacts", kind, Name);
            if (Directory.Exists(left))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    [Fact]
    public async Task Sample_InTheGuide_IsBuiltLoadedAndServedAsTheGuideSays()
    {
        var built = await BuildAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "writing-a-backend.md")));
        await using var registry = await WholeRegistry.StartAsync();
        registry.Folders.Drop(built, Name);
        await registry.ShowsAsync("Lines lines 0.1.0 ready");
        using var refused = await registry.PostAsync("wrong", "lines", new JsonObject { ["endpoint"] = 1, ["speed"] = 9 });
        using var taken = await registry.PostAsync("poem", "lines", new JsonObject { ["endpoint"] = _upstream.Urls.First(), ["api_key"] = "env:PATH" });
        using var away = await registry.PostAsync("away", "lines", new JsonObject { ["endpoint"] = "http://127.0.0.1:1" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("backend.endpoint: must be a string; backend.speed: is not a setting of this backend; known are api_key, endpoint", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (taken.StatusCode, away.StatusCode));
        Assert.Equal("roses\nare red\n", await registry.AnswerAsync("poem", "roses|are red"));
        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromSeconds(7)), await FailureAsync(registry, "poem", "429"));
        Assert.Equal((ErrorCode.BackendUnavailable, null), await FailureAsync(registry, "away", "hello"));
    }

    private static async Task<(ErrorCode, TimeSpan?)> FailureAsync(WholeRegistry registry, string model, string input)
    {
        using var call = registry.Infer(model, input);
        var error = await call.FailedAsync();
        return (error.Code, error.RetryAfter);
    }

    /// <summary>Answers a line for each part of the prompt, to whoever has the key; or the status that the prompt is.</summary>
    private static WebApplication Upstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", async (HttpContext context) =>
        {
            var prompt = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = context.Request.Headers.Authorization != $"Bearer {Environment.GetEnvironmentVariable("PATH")}" ? 401 : int.TryParse(prompt, out var status) ? status : 200;
            context.Response.Headers.RetryAfter = "7";
            await context.Response.WriteAsync(prompt.Replace('|', '\n'));
        });
        return app;
    }

    // Outside the clone, whose backends/ a registry may be watching, with what a project there is built with.
    private async Task<string> BuildAsync(string guide)
    {
        var project = Path.Combine(_folder, Name);
        Directory.CreateDirectory(project);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets"])
        {
            await File.WriteAllTextAsync(Path.Combine(project, file), $"""<Project><Import Project="{Path.Combine(Repository.Root, "backends", file)}" /></Project>""");
        }

        File.Copy(Path.Combine(Repository.Root, "nuget.config"), Path.Combine(project, "nuget.config"));
        await File.WriteAllTextAsync(Path.Combine(project, $"{Name}.csproj"), Assert.Single(Blocks(guide, "xml")));
        foreach (var (index, code) in Blocks(guide, "csharp").Index())
        {
            await File.WriteAllTextAsync(Path.Combine(project, $"{index}.cs"), code);
        }

        var root = Path.Combine(_folder, "built") + Path.DirectorySeparatorChar;
        var start = new ProcessStartInfo("dotnet", ["build", project, "-c", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "-p:BuildProjectReferences=false", $"-p:PluginRoot={root}"]) { UseShellExecute = false, RedirectStandardOutput = true };

        // What "dotnet test" set for itself is not for another build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains(" 0 Warning(s)", output, StringComparison.Ordinal);
        return root + Name;
    }

    private static string[] Blocks(string guide, string language) => [.. Block().Matches(guide).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
