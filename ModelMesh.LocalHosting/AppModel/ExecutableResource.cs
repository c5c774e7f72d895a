namespace ModelMesh.LocalHosting;

/// <summary>Any program.</summary>
public sealed class ExecutableResource(string name, string command, string workingDirectory, string[] args) : ProcessResource(name, workingDirectory)
{
    internal override string Command => command;

    internal override IEnumerable<string> CommandArgs => args;

    internal override bool RestartsWhenItDies => true;
}
