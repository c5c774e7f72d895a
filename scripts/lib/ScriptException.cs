namespace ModelMesh.Scripts;

/// <summary>A fault to show in one line: a wrong option, or a mesh that is not there.</summary>
internal sealed class ScriptException(string message) : Exception(message);
