using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Cache;

namespace ModelMesh.Gateway.Cache;

/// <summary>Where answers are kept. It fails no request: what is away keeps nothing and has nothing. Thread-safe.</summary>
internal interface IKeptAnswers
{
    /// <param name="hash">The request's.</param>
    /// <returns>Null when nothing can be said.</returns>
    Task<AnswerLook?> LookAsync(string hash, ModelId id, long revision);

    /// <param name="epoch">That of the look-up.</param>
    Task KeepAsync(string hash, byte[] answer, TimeSpan timeToLive, long epoch);
}
