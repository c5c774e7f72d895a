using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What <see cref="FailureRules"/> looks at.</summary>
/// <param name="Code">The error.</param>
/// <param name="Place">What failed.</param>
/// <param name="MayRepeat">Whether the version may be asked once more for an answer that broke.</param>
/// <param name="MayPlanAnew">Whether the split chose the version, and the plan may be made once more.</param>
internal readonly record struct Failure(ErrorCode Code, FailurePlace Place, bool MayRepeat, bool MayPlanAnew);

internal enum FailurePlace
{
    /// <summary>The version, or the request: any instance would say the same.</summary>
    Version,

    /// <summary>One registry instance, by its own fault.</summary>
    Instance,

    /// <summary>Every instance that could be asked, by its own fault.</summary>
    AllInstances,

    /// <summary>A whole answer, after its first token and by its upstream's fault.</summary>
    AnswersMidst,
}
