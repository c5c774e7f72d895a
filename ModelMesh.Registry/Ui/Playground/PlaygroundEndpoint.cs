using System.Text.Json;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Requests;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Logs;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>
/// <c>POST /ui/playground/stream</c>: answers a request here, on the path that every request takes, as server-sent events.
/// 1. Only for this registry's own pages.
/// 2. What is asked, and where it goes; faults of these are plain HTTP errors.
/// 3. <c>routed</c>; then one version of the plan after another, until one has a token or nothing is left: <c>moved</c>, <c>queued</c>, <c>accepted</c>, <c>tokens</c>.
/// 4. <c>completed</c>, or <c>error</c>.
/// </summary>
internal sealed partial class PlaygroundEndpoint(
    BodyReader bodies, PlaygroundRouting routing, InferenceExecutor executor, ICatalog catalog, IInstanceIdentity self, ILogger<PlaygroundEndpoint> logger)
{
    /// <summary>The client that its requests in flight are shown with.</summary>
    public const string Client = "playground";

    private const int MostOfUserAgent = 120;

    public async Task HandleAsync(HttpContext context)
    {
        // 1.
        OwnPage.Demand(context.Request);

        // 2.
        var asked = PlaygroundBody.Parse(await bodies.ReadAsync(context.Request));
        var decision = await routing.DecideAsync(asked, context.RequestAborted);

        // 3.
        var id = Guid.CreateVersion7().ToString("N");
        var log = new RequestScope(id);
        using var scope = logger.BeginRequest(log);
        var events = new EventWriter(context.Response);
        events.Begin();
        try
        {
            await events.WriteAsync("routed", Routed(id, decision), PlaygroundJson.Default.RoutedEvent);
            await RunAsync(log, id, asked, decision, events, context);
        }
        catch (Exception exception) when (exception is ReaderGoneException || (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // The page was closed, or somebody pressed stop: the upstream call has ended by now.
        }
        catch (MeshException exception)
        {
            // 4.
            await ErrorAsync(events, exception, context);
        }
        catch (Exception exception)
        {
            Failed(logger, exception, id);
            await ErrorAsync(events, new MeshException(ErrorCode.Internal), context);
        }
    }

    private async Task RunAsync(RequestScope log, string id, PlaygroundRequest asked, RoutingDecision decision, EventWriter events, HttpContext context)
    {
        var sink = new PlaygroundSink(events, self.Id, catalog, context);
        for (var index = 0; ; index++)
        {
            try
            {
                await executor.ExecuteAsync(ToRequest(id, asked, decision.Routes[index], context) with { Log = log }, sink, context.RequestAborted);
                return;
            }
            catch (MeshException exception) when (index + 1 < decision.Routes.Length && PlaygroundRules.GoesOn(exception, sink.HasToken))
            {
                var next = decision.Routes[index + 1];
                await events.WriteAsync(
                    "moved", new MovedEvent(next.Model.Name, next.Model.Version, AdapterOf(next), ErrorBody.From(exception).Error), PlaygroundJson.Default.MovedEvent);
            }
        }
    }

    private static InferenceRequest ToRequest(string id, PlaygroundRequest asked, RoutedVersion route, HttpContext context) =>
        new(id, route.Model.Id, asked.Messages, new BackendCallOptions
        {
            RequestId = id,
            ModelId = AdapterOf(route),
            Temperature = asked.Temperature,
            MaxOutputTokens = asked.MaxTokens,
            Seed = asked.Seed,
        })
        {
            Client = new RequestClient(context.Connection.RemoteIpAddress?.ToString(), Short(context.Request.Headers.UserAgent.ToString()), Client, Gateway: null),
        };

    private static async Task ErrorAsync(EventWriter events, MeshException exception, HttpContext context)
    {
        try
        {
            await events.WriteAsync("error", ErrorBody.From(exception), PlaygroundJson.Default.ErrorBody);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page was closed before it could be told.
        }
    }

    private static RoutedEvent Routed(string id, RoutingDecision decision)
    {
        var first = decision.Routes[0];
        return new RoutedEvent(
            id,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(decision.By.ToString()),
            decision.Rule,
            first.Model.Name,
            first.Model.Version,
            AdapterOf(first),
            [.. decision.Routes.Skip(1).Select(route => $"{route.Model.Name}@{route.Model.Version}")]);
    }

    private static string? AdapterOf(RoutedVersion route) => route.Adapter.Length == 0 ? null : route.Adapter;

    private static string? Short(string userAgent) => userAgent.Length == 0 ? null : userAgent.Length > MostOfUserAgent ? userAgent[..MostOfUserAgent] : userAgent;

    [LoggerMessage(EventId = 285, EventName = "PlaygroundFailed", Level = LogLevel.Error, Message = "Request {RequestId} of the playground failed in the registry")]
    private static partial void Failed(ILogger logger, Exception exception, string requestId);
}
