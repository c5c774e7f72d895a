namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>What the live registry instances tell of their models, followed in the background. Thread-safe.</summary>
public interface IMeshFigures
{
    /// <summary>The newest view. The same object as before as long as nothing has changed.</summary>
    MeshFigures Current { get; }
}
