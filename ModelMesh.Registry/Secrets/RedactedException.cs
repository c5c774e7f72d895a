namespace ModelMesh.Registry.Secrets;

/// <summary>Stands in the log for an exception that held a secret: all of its text, types and stack included, but for that.</summary>
internal sealed class RedactedException(string text) : Exception("An exception that held a secret.")
{
    public override string ToString() => text;
}
