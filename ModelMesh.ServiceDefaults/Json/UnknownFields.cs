namespace ModelMesh.ServiceDefaults.Json;

/// <summary>What becomes of fields that an API does not know.</summary>
public enum UnknownFields
{
    /// <summary>Each is a fault.</summary>
    Refused,

    /// <summary>They may be meant for somebody else.</summary>
    Allowed,
}
