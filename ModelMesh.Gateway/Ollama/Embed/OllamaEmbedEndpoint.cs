using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Ollama.Answers;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Ollama.Embed;

/// <summary><c>POST /api/embed</c> and <c>POST /api/embeddings</c>.</summary>
internal sealed class OllamaEmbedEndpoint(ApplicationCall call, EmbedPipeline pipeline, ModelResolver resolver, TimeProvider time)
{
    public Task EmbedAsync(HttpContext context) =>
        HandleAsync(context, "ollama.embed", OllamaEmbedBody.Parse, EmbeddingsAnswer.From, OllamaEmbedJson.Readable.EmbeddingsAnswer);

    public Task OlderAsync(HttpContext context) =>
        HandleAsync(context, "ollama.embeddings", OllamaEmbedBody.ParseOlder, static (_, response, _) => EmbeddingAnswer.From(response), OllamaEmbedJson.Readable.EmbeddingAnswer);

    private Task HandleAsync<T>(
        HttpContext context,
        string what,
        Func<ReadOnlyMemory<byte>, EmbeddingInputs> parse,
        Func<string, EmbedResponse, CallTimes, T> answer,
        JsonTypeInfo<T> json) => call.RunAsync(context, what, body => (Inputs: parse(body), Began: time.GetTimestamp()), async (request, trace, ended) =>
    {
        var (response, model) = (new EmbedResponse(), request.Inputs.Model);
        if (request.Inputs.Inputs.Count == 0)
        {
            var plan = await resolver.ResolveAsync(request.Inputs, CallTraits.Of(context), ended);
            model = model.Length > 0 ? model : plan.First.Model.Name;
        }
        else
        {
            response = await pipeline.RunAsync(context, request.Inputs, trace, ended);
            model = request.Inputs.AnsweredAs(response.Accepted);
            AnswerHeaders.Write(context.Response, response.Accepted, trace.Overhead);
        }

        var times = CallTimes.Of(time.GetElapsedTime(request.Began), TimeSpan.FromMicroseconds(response.BackendWaitUs), TimeSpan.Zero);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer(model, response, times), json, ended);
        trace.Outcome = RequestOutcomes.Ok;
    });
}
