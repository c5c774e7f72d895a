using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Traffic;

/// <summary>One request for an answer on its way through the stages. Used by one of them at a time.</summary>
internal sealed class AnswerCall(ChatRequest request, CallTraits traits, string requestId, StageHeaders answerHeaders)
{
    public ChatRequest Request => request;

    public CallTraits Traits => traits;

    public string RequestId => requestId;

    /// <summary>Headers of the answer, for stages that have something to tell. They are sent with the first token, or with the error.</summary>
    public StageHeaders AnswerHeaders => answerHeaders;

    /// <summary>Where it goes. Set before the first stage.</summary>
    public required RoutePlan Plan { get; set; }

    /// <summary>Told the request's place while it waits for a slot, in order, and place 0 once it has one; null when nobody wants to know.</summary>
    public Func<Queued, Task>? Queued { get; init; }

    /// <summary>Whether its answer is read when it is complete. A shared one may have readers of both kinds.</summary>
    public bool Collects { get; init; }

    /// <summary>Whether several requests read its answer, each at its own pace.</summary>
    public bool IsShared { get; private init; }

    /// <summary>The same for all who share its answer, of which nothing is the request's own any more: it may outlive it.</summary>
    public AnswerCall Detached(Func<Queued, Task> queued) => new(request, traits.Detached(), requestId, new StageHeaders()) { Plan = Plan, Queued = queued, IsShared = true };
}
