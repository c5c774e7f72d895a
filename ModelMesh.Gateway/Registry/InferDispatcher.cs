using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// Gets a request to its first token, or to its whole answer where that comes in one piece.
/// 1. Take the model version that the request was routed to.
/// 2. Choose an instance, each at most once a request.
/// 3. Call it and wait for the first token.
/// 4. A failure before that which another instance may not have: back to 2.
/// 5. The version that the split chose was deleted meanwhile: back to 1, by what the store holds now, a bounded number of times.
/// No step is reached once a token has reached the client: what it has seen cannot be taken back. A whole answer reaches it at its end, so 4 holds until then.
/// </summary>
internal sealed partial class InferDispatcher(ModelResolver resolver, RegistryFleet fleet, ILogger<InferDispatcher> logger)
{
    private const int MaxSplits = 3;
    private static readonly TimeSpan RetryWhenAllFailed = TimeSpan.FromSeconds(1);

    /// <param name="use">Called once for each attempt that got its first token; what it throws counts as the attempt's failure.</param>
    /// <exception cref="MeshException">Why there is no answer.</exception>
    public Task RunAsync(AnswerCall call, AnswerUse use, CancellationToken cancellationToken) => DispatchAsync(
        call.Request,
        call.Traits,
        call.Plan,
        async (instance, route) =>
        {
            using var stream = await InferStream.OpenAsync(fleet, instance, call.Request.ToInferRequest(route, call.RequestId, call.Traits), call.Queued, cancellationToken);
            await use(stream);
            return true;
        },
        cancellationToken);

    /// <exception cref="MeshException">Why there are no embeddings.</exception>
    public Task<EmbedResponse> EmbedAsync(EmbeddingInputs inputs, CallTraits traits, RoutePlan plan, string requestId, CancellationToken cancellationToken) => DispatchAsync(
        inputs,
        traits,
        plan,
        (instance, route) => EmbedCall.RunAsync(instance, inputs.ToEmbedRequest(route, requestId, traits), cancellationToken),
        cancellationToken);

    private async Task<T> DispatchAsync<T>(
        ModelRequest request, CallTraits traits, RoutePlan plan, Func<RegistryInstance, ModelRoute, Task<T>> call, CancellationToken cancellationToken)
    {
        // 1
        for (var splits = 1; ; splits++)
        {
            try
            {
                return await CallAnyInstanceAsync(plan.First, call, cancellationToken);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.ModelNotFound && !plan.First.IsNamed && splits < MaxSplits)
            {
                // 5
                plan = await resolver.ResolveAnewAsync(request, traits, cancellationToken);
            }
        }
    }

    private async Task<T> CallAnyInstanceAsync<T>(ModelRoute route, Func<RegistryInstance, ModelRoute, Task<T>> call, CancellationToken cancellationToken)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        List<MeshException> failures = [];

        // 2
        while (fleet.Take(route.Model.BackendType, tried) is { } instance)
        {
            tried.Add(instance.Info.Id);
            try
            {
                // 3
                return await call(instance, route);
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                // 4
                var failure = FailedAttempt.From(exception, instance.Info.Id, instance.Info.Stopping);
                if (failure.ConnectionFailed)
                {
                    fleet.Avoid(instance);
                }

                if (!failure.MayTryAnother)
                {
                    throw failure.Error;
                }

                // What another may serve is the instance's own fault. A model that is full, or a request that is wrong, is not worth a warning each.
                AttemptFailed(instance.Info.Id, failure.Error.Code, exception.StatusCode);
                failures.Add(failure.Error);
            }
        }

        throw NoneLeft(failures);
    }

    private static MeshException NoneLeft(List<MeshException> failures)
    {
        var reason = failures.Count == 0
            ? "No registry instance is known that takes requests."
            : $"No registry instance could take the request. {string.Join(" ", failures.Select(failure => failure.Message))}";
        return new MeshException(ErrorCode.BackendUnavailable, reason, failures.Count == 0 ? null : failures[^1]) { RetryAfter = RetryWhenAllFailed };
    }
}
