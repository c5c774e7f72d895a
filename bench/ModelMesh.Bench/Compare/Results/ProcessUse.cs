namespace ModelMesh.Bench.Compare.Results;

/// <summary>What one program with all its processes used during a run.</summary>
/// <param name="Name">As <c>gateway</c>, <c>registry</c>, <c>store</c>, <c>nginx</c>, <c>portkey</c>; <c>upstream</c> and <c>generator</c> are the bench's own.</param>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="ResidentMiB">Resident memory, the highest of what was seen a few times a second.</param>
/// <param name="UnderTest">Whether it is a part of the contender, and so of what the contender costs.</param>
internal sealed record ProcessUse(string Name, double CpuSeconds, double ResidentMiB, bool UnderTest);
