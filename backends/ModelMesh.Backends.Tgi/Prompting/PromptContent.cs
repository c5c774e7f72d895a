using System.Text;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>A message's content as one text. TGI finds images in a prompt where Markdown has them: <c>![](address)</c>.</summary>
internal static class PromptContent
{
    public static string Flat(ChatMessage message)
    {
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent part:
                    text.Append(part.Text);
                    break;
                case UriContent or DataContent:
                    text.Append("![](").Append(Address(content)).Append(')');
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Where an image is, an address or its data as one; a bracket in it would end it early.</summary>
    public static string Address(AIContent image) =>
        (image is UriContent uri ? uri.Uri.OriginalString : ((DataContent)image).Uri).Replace(")", "%29", StringComparison.Ordinal);
}
