namespace ModelMesh.LocalHosting;

/// <summary>The application could not be brought up; the message says why and is meant for its user.</summary>
public sealed class LaunchException(string message) : Exception(message);
