using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>The fields that <c>/api/chat</c> and <c>/api/generate</c> have in common. Read last: what no other reader took is for the backend.</summary>
internal sealed record SharedFields(
    string Model, bool Stream, SamplingOptions Options, NativeForm<SamplingOptions> NativeOptions, ResponseFormat? Format, bool Unloads)
{
    public static SharedFields Read(FieldReader fields, FaultList faults)
    {
        var model = OllamaModel.Read(fields);
        var stream = fields.Flag("stream") ?? true;
        var format = FormatField.Read(fields);
        var think = ThinkField.Read(fields);
        var options = OptionsField.Read(fields, faults);
        options.Sampling.ReasoningEffort = think.Effort;
        SamplingReader.ReadLogprobs(fields, options.Sampling);
        var runner = RunnerFields.Read(fields, out var unloads);
        if (think.Written is { } written)
        {
            runner.Add("think", written);
        }

        if (fields.TryTake("n", out _))
        {
            fields.Fault("n", "is not a field of this API, which gives one answer; /v1/chat/completions gives more");
        }

        var rest = fields.TakeTheRest();
        return new SharedFields(model, stream, General(options, rest), new(OllamaModel.BackendType, Native(options, runner, rest)), format, unloads);
    }

    private static SamplingOptions General(OptionsField options, string rest)
    {
        var general = options.Sampling.Clone();
        general.ExtraJson = BackendFields.ForOthers(options.Rest, rest);
        if (general.Seed == OptionsField.AnySeed)
        {
            general.ClearSeed();
        }

        return general;
    }

    private static SamplingOptions Native(OptionsField options, Dictionary<string, JsonElement> runner, string rest)
    {
        var native = options.Sampling.Clone();
        native.ExtraJson = BackendFields.ForOllama(options.Rest, options.Unlimited, runner, rest);

        // It goes as it was written: true is not the same there as any of the efforts.
        native.ReasoningEffort = "";
        return native;
    }
}
