using ModelMesh.Bench.Limits;

if (args is not ["limits", .. var rest])
{
    Console.WriteLine("""
        Measures a running mesh. Start one first: dotnet run -c Release --project ModelMesh.AppHost

          limits   what the mesh adds to a bare mock, how fast it streams, what 1,000 open streams weigh
            --gateway URL    default http://localhost:8080
            --registry URL   default http://localhost:8081
        """);
    return args is ["--help" or "-h"] ? 0 : 2;
}

string Option(string name, string fallback) => Array.IndexOf(rest, name) is var at and >= 0 && at + 1 < rest.Length ? rest[at + 1] : fallback;

using var mesh = new MeshClient(new Uri(Option("--gateway", "http://localhost:8080")), new Uri(Option("--registry", "http://localhost:8081")));
await LimitsReport.RunAsync(mesh, Console.Out);
return 0;
