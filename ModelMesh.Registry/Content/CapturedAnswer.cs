using System.Diagnostics;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Content;

/// <summary>An answer as it is captured, up to a length. Used by its stream alone.</summary>
internal sealed class CapturedAnswer(Activity span, KnownSecrets secrets, int longest)
{
    // What is kept beyond the length, so that a secret at the cut is whole when it is looked for.
    private const int Margin = 4096;

    private readonly SortedList<int, CapturedChoice> _choices = [];
    private int _left = longest + Margin;

    public void Add(IReadOnlyList<AnswerPiece> pieces)
    {
        for (var index = 0; index < pieces.Count && _left > 0; index++)
        {
            var piece = pieces[index];
            var choice = piece.Extras?.Choice ?? 0;
            if (!_choices.TryGetValue(choice, out var captured))
            {
                _choices.Add(choice, captured = new CapturedChoice());
            }

            captured.Add(piece);
            _left -= piece.Length;
        }
    }

    /// <summary>There is no more of it.</summary>
    /// <param name="completion">Null where it is not complete.</param>
    public void End(Completion? completion)
    {
        if (_choices.Count == 0)
        {
            return;
        }

        var budget = new TextBudget(secrets, longest);
        span.SetTag(GenAi.OutputMessages, MessagesJson.Write(json =>
        {
            foreach (var (index, choice) in _choices)
            {
                choice.Write(json, FinishReason(completion, index), budget);
            }
        }));
    }

    private static string FinishReason(Completion? completion, int choice) => completion switch
    {
        null => "error",
        _ when choice < completion.FinishReasons.Count => completion.FinishReasons[choice],
        _ => completion.FinishReason,
    };
}
