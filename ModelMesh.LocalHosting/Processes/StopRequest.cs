namespace ModelMesh.LocalHosting.Processes;

/// <summary>
/// Asks a process group to end, and is repeated until it has. While the group is not founded its founder is asked; that one may lose the signal
/// and become the program all the same, so the group is asked too as soon as it is there. Unix only.
/// </summary>
internal sealed class StopRequest(int group)
{
    private bool _groupWasAsked;

    /// <returns>Whether all are gone.</returns>
    public bool Repeat()
    {
        _groupWasAsked = _groupWasAsked || ProcessGroup.Signal(group, Posix.SigTerm);
        if (!_groupWasAsked)
        {
            _ = Posix.Kill(group, Posix.SigTerm);
        }

        return !ProcessGroup.HasMembers(group);
    }

    /// <summary>Ends those that did not listen.</summary>
    public void Insist() => ProcessGroup.SignalOrFounder(group, Posix.SigKill);
}
