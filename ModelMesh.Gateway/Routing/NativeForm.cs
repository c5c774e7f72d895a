namespace ModelMesh.Gateway.Routing;

/// <summary>What a request says to backends of one type in a form that only they take, in the place of the form for all others.</summary>
internal sealed record NativeForm<T>(string BackendType, T Value);

internal static class NativeForm
{
    /// <summary>The form for the backend that a request was routed to.</summary>
    public static T Of<T>(ModelRoute route, NativeForm<T>? native, T general) =>
        native is not null && string.Equals(native.BackendType, route.Model.BackendType, StringComparison.Ordinal) ? native.Value : general;
}
