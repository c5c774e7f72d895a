namespace ModelMesh.ServiceDefaults.Cache;

/// <summary>What the store says of a request.</summary>
/// <param name="IsServed">Whether the version is admitted at the revision that was asked for: only then may it be answered without asking for a slot.</param>
/// <param name="Epoch">Rises whenever kept answers are cleared.</param>
/// <param name="Answer">What is kept for it; null when nothing is.</param>
public sealed record AnswerLook(bool IsServed, long Epoch, byte[]? Answer);
