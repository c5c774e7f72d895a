namespace ModelMesh.Gateway.Shadows;

/// <summary>How one of the two answers to a request ended.</summary>
internal enum AnswerOutcome
{
    /// <summary>To the end.</summary>
    Completed,

    /// <summary>The version failed, or refused what the other one took.</summary>
    Failed,

    /// <summary>The version was not asked: it was full, or the mesh could not send it the request.</summary>
    Unserved,

    /// <summary>The client went before the end.</summary>
    Left,

    /// <summary>No copy was sent, because too many were under way.</summary>
    Dropped,
}
