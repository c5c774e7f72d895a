using Microsoft.Extensions.Options;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Content;

/// <summary>
/// Prompts and answers on a request's span, where that is switched on and the trace is sampled; nothing otherwise. Here and not at the gateway, because here the secrets are known that must not be in them.
/// </summary>
internal sealed class ContentCapture(IOptions<CaptureOptions> options)
{
    /// <summary>Notes the prompts.</summary>
    /// <returns>What takes the answer; null where it is not wanted.</returns>
    public CapturedAnswer? Begin(RequestTrace trace, InferenceRequest request, KnownSecrets secrets)
    {
        if (!options.Value.CaptureContent || trace.Wanted is not { } span)
        {
            return null;
        }

        var longest = options.Value.MaxContentLength;
        span.SetTag(GenAi.InputMessages, InputJson.Write(request.Messages, new TextBudget(secrets, longest)));
        return new CapturedAnswer(span, secrets, longest);
    }
}
