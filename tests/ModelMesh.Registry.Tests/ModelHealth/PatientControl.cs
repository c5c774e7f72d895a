namespace ModelMesh.Registry.Tests.ModelHealth;

/// <summary>The directory that a <c>patient</c> backend is told by, and leaves its checks and calls in. What is said of <c>host-chat</c> goes for the endpoint of that host.</summary>
internal sealed class PatientControl : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelmesh-patient-").FullName;

    /// <summary>The <c>backend</c> object of a model that is told by it.</summary>
    public string Backend => $$"""{"control":"{{_directory}}"}""";

    /// <summary>When the checks were made, in the order of time.</summary>
    public long[] Checks => [.. Directory.EnumerateFiles(_directory, "check-*").Select(file => long.Parse(Path.GetFileName(file).Split('-')[1])).Order()];

    public int Calls => Directory.EnumerateFiles(_directory, "call-*").Count();

    /// <summary>How often the endpoint of that host was called.</summary>
    public int CallsAt(string host) => Directory.EnumerateFiles(_directory, $"{host}-call-*").Count();

    public void Set(string what, string value)
    {
        // In one step, for the backend reads it at any time.
        var file = Path.Combine(_directory, "new");
        File.WriteAllText(file, value);
        File.Move(file, Path.Combine(_directory, what), overwrite: true);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
