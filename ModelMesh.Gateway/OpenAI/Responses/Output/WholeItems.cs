using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Responses.Output;

/// <summary>A whole answer as items: what was thought, what was said, what was called.</summary>
internal static class WholeItems
{
    /// <param name="last">The status of the last item, which is the one that was cut where the answer was.</param>
    public static IReadOnlyList<OutputItem> Of(WholeChoice choice, ResponseObject response, string last)
    {
        var requestId = response.RequestId;
        List<OutputItem> items = [];
        if (choice.Reasoning.Length > 0)
        {
            var reasoning = new ReasoningItem(requestId, items.Count);
            reasoning.Add(response.Reasoning).Part.Add(choice.Reasoning, []);
            items.Add(reasoning);
        }

        if (choice.Text.Length > 0 || choice.Refusal.Length > 0)
        {
            items.Add(Message(choice, requestId, items.Count));
        }

        foreach (var call in choice.ToolCalls)
        {
            var item = new FunctionCallItem(requestId, items.Count, call.Id, call.Name);
            item.Arguments.Add(call.Arguments, []);
            items.Add(item);
        }

        foreach (var item in items)
        {
            item.Status = item == items[^1] ? last : ItemStatus.Completed;
        }

        return items;
    }

    private static MessageItem Message(WholeChoice choice, string requestId, int index)
    {
        var message = new MessageItem(requestId, index);
        if (choice.Text.Length > 0)
        {
            message.Add(PartKind.OutputText).Part.Add(choice.Text, choice.Logprobs);
        }

        if (choice.Refusal.Length > 0)
        {
            message.Add(PartKind.Refusal).Part.Add(choice.Refusal, []);
        }

        return message;
    }
}
