using System.Runtime.CompilerServices;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Registry.Endpoints;

/// <summary>Room for the candidates of one choice, on the stack: a version has at most 64 endpoints.</summary>
[InlineArray(Most)]
internal struct CandidateBuffer
{
    public const int Most = 64;

    private BalanceCandidate _first;
}
