namespace ModelMesh.Bench.Compare.Processes;

/// <summary>Tells what went wrong.</summary>
internal static class Fault
{
    /// <summary>The message, with the kind of error where it is none of the bench's own.</summary>
    public static string Told(Exception fault) => fault is ContenderFault ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";
}
