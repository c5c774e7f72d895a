namespace ModelMesh.Registry.Requests;

/// <summary>Whose request it is, as its gateway saw it. What is not known is absent.</summary>
/// <param name="Address">The IP address.</param>
/// <param name="UserAgent">What the client calls itself, cut to 120 characters.</param>
/// <param name="Caller">The name of the registered caller whose API key was sent.</param>
/// <param name="Gateway">The gateway process.</param>
internal sealed record RequestClient(string? Address, string? UserAgent, string? Caller, string? Gateway);
