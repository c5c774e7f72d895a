using System.Diagnostics;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.LocalHosting;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>nginx passing bytes on without looking at them: the least that a proxy can cost.</summary>
internal sealed class Nginx : IContender
{
    private StartedProgram? _nginx;

    public string Name => "nginx";

    public IReadOnlyList<StartedProgram> Programs => _nginx is null ? [] : [_nginx];

    public Target Target { get; private set; } = null!;

    public async Task<ContenderFacts> StartAsync(TestBed bed)
    {
        var program = OnPath.Find("nginx", "/usr/sbin", "/usr/local/sbin") ?? throw new ContenderFault("nginx is not installed (Debian: apt-get install nginx-light)");
        var address = TestBed.At(FreePorts.Next());
        var configuration = Path.Combine(bed.Scratch, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(bed, address.Port));
        _nginx = bed.Start(Name, program, ["-c", configuration, "-e", Path.Combine(bed.Scratch, "nginx.err"), "-p", bed.Scratch]);
        await bed.ReadyAsync(_nginx, new Uri(address, "/v1/models"));
        Target = new Target(address);
        return new ContenderFacts(
            Name,
            $"nginx {await VersionAsync(program)}",
            $"`proxy_pass` with `proxy_buffering off`, connections to the upstream kept, {Environment.ProcessorCount} workers, no access log.",
            Missing: null);
    }

    public Task PrepareAsync(TokenPlan plan) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }
    }

    private static string Configuration(TestBed bed, int port) =>
        $$"""
        daemon off;
        worker_processes {{Environment.ProcessorCount}};
        worker_rlimit_nofile 20000;
        pid {{bed.Scratch}}/nginx.pid;
        events { worker_connections 16000; }
        http {
          access_log off;
          client_body_temp_path {{bed.Scratch}}/nginx-body; proxy_temp_path {{bed.Scratch}}/nginx-proxy;
          fastcgi_temp_path {{bed.Scratch}}/nginx-fastcgi; uwsgi_temp_path {{bed.Scratch}}/nginx-uwsgi; scgi_temp_path {{bed.Scratch}}/nginx-scgi;
          client_body_buffer_size 128k;
          keepalive_requests 1000000;
          upstream model { server 127.0.0.1:{{bed.UpstreamAddress.Port}}; keepalive 8000; keepalive_requests 1000000; }
          server {
            listen 127.0.0.1:{{port}} backlog=8192;
            location / {
              proxy_pass http://model;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 1000s;
            }
          }
        }
        """;

    // It tells its version on standard error.
    private static async Task<string> VersionAsync(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-v"]) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Split('/').Last().Trim();
    }
}
