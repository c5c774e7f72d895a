using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Bench.Micro;

/// <summary>No registry has told anything yet.</summary>
internal sealed class NoFigures : IMeshFigures
{
    public MeshFigures Current => MeshFigures.Empty;
}
