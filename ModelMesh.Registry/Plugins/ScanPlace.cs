using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// When a folder was found: in which look through the roots, and where in the scan order of that look. It decides which of two folders with one type
/// serves it, since how long each takes to load differs from replica to replica.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScanPlace(long Look, int Index)
{
    /// <summary>Whether this one was found in the same look, which at the start is true of all folders, and earlier in it.</summary>
    public bool IsAhead(ScanPlace other) => Look == other.Look && Index < other.Index;
}
