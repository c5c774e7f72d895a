using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary>A whole completion of one prompt or several; their choices are numbered through.</summary>
internal static class CompletionJson
{
    /// <param name="context">Of the first prompt's answer.</param>
    /// <param name="model">As the client named it.</param>
    /// <param name="answers">In the order of the prompts.</param>
    public static ReadOnlyMemory<byte> Write(AnswerContext context, string model, IReadOnlyList<WholeAnswer> answers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        json.WriteStartObject();
        AnswerHead.Write(json, CompletionExchange.IdKind, CompletionExchange.Type, context, model);
        json.WriteStartArray("choices"u8);
        var index = 0;
        foreach (var answer in answers)
        {
            foreach (var (number, choice) in answer.Choices.Index())
            {
                json.WriteStartObject();
                json.WriteNumber("index"u8, index++);
                json.WriteString("text"u8, choice.Text + choice.Refusal);
                CompletionLogprobsJson.Write(json, choice.Logprobs, 0);
                json.WriteString("finish_reason"u8, FinishReasons.OfCompletion(answer.FinishReason(number)));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        UsageJson.Write(json, Sum(answers));
        SkippedChunksJson.Write(json, answers.Sum(answer => answer.Completed.SkippedChunks));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static Usage Sum(IReadOnlyList<WholeAnswer> answers)
    {
        var sum = new Usage();
        foreach (var usage in answers.Select(answer => answer.Usage))
        {
            sum.InputTokens += usage.InputTokens;
            sum.OutputTokens += usage.OutputTokens;
            sum.TotalTokens += usage.TotalTokens;
            sum.Estimated |= usage.Estimated;
            if (usage.HasCachedInputTokens)
            {
                sum.CachedInputTokens += usage.CachedInputTokens;
            }

            if (usage.HasReasoningTokens)
            {
                sum.ReasoningTokens += usage.ReasoningTokens;
            }
        }

        return sum;
    }
}
