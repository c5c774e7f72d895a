namespace ModelMesh.Gateway.Models.Figures;

/// <summary>What the live registry instances tell of their models, followed in the background. Thread-safe.</summary>
internal interface IMeshFigures
{
    /// <summary>The newest view. The same object as before as long as nothing has changed.</summary>
    MeshFigures Current { get; }
}
