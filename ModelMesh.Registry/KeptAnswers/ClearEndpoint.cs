using ModelMesh.ServiceDefaults.Cache;

namespace ModelMesh.Registry.KeptAnswers;

/// <summary><c>DELETE /cache</c>: removes the answers that are kept for requests that are exactly the same.</summary>
internal sealed class ClearEndpoint(AnswerStore answers)
{
    public async Task ClearAsync(HttpContext context)
    {
        var removed = await answers.ClearAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(new ClearedView(removed), KeptAnswersJson.Default.ClearedView, cancellationToken: context.RequestAborted);
    }
}
