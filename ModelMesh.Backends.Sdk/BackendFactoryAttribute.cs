namespace ModelMesh.Backends.Sdk;

/// <summary>Names the <see cref="IBackendFactory"/> of a plugin assembly: <c>[assembly: BackendFactory(typeof(MyFactory))]</c>.</summary>
/// <param name="factory">A public class with a public parameterless constructor.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class BackendFactoryAttribute(Type factory) : Attribute
{
    /// <summary>The class that implements <see cref="IBackendFactory"/>.</summary>
    public Type Factory { get; } = factory;
}
