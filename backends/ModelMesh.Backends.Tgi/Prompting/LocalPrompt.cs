using System.Text;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>
/// Applies the templates that need no server. An answer begun in a last message of the assistant is continued. The token that begins a text is
/// left to the server, which puts it before every prompt.
/// </summary>
internal static class LocalPrompt
{
    public static string Render(PromptTemplate template, IReadOnlyList<ChatMessage> messages) => template switch
    {
        PromptTemplate.Chatml => Headed(messages, "<|im_start|>", "\n", "<|im_end|>\n"),
        PromptTemplate.Llama3 => Headed(messages, "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>"),
        PromptTemplate.Plain => string.Join('\n', messages.Select(PromptContent.Flat)),
        _ => throw new ArgumentOutOfRangeException(nameof(template), template, "is applied by the server"),
    };

    private static string Headed(IReadOnlyList<ChatMessage> messages, string beforeRole, string afterRole, string end)
    {
        var prompt = new StringBuilder();
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            prompt.Append(beforeRole).Append(message.Role.Value).Append(afterRole).Append(PromptContent.Flat(message));
            if (index == messages.Count - 1 && message.Role == ChatRole.Assistant)
            {
                return prompt.ToString();
            }

            prompt.Append(end);
        }

        return prompt.Append(beforeRole).Append("assistant").Append(afterRole).ToString();
    }
}
