namespace ModelMesh.Registry.Ui;

/// <summary>The entries of the navigation.</summary>
public enum UiSection
{
    None,
    Models,
    Rollouts,
    Routing,
    Requests,
    Playground,
    Plugins,
    Instances,
    Events,
}
