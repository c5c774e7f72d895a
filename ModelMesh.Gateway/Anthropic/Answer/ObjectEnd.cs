namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>Follows the text of a JSON object as it comes, to tell when it is whole. Text that is no JSON may be told wrong either way.</summary>
internal sealed class ObjectEnd
{
    private int _depth;
    private bool _inString;
    private bool _isEscaped;

    public bool IsReached { get; private set; }

    public void Follow(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            Follow(character);
        }
    }

    private void Follow(char character)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (_inString)
        {
            _isEscaped = character == '\\';
            _inString = character != '"';
        }
        else if (character == '"')
        {
            _inString = true;
        }
        else if (character is '{' or '[')
        {
            _depth++;
        }
        else if (character is '}' or ']')
        {
            IsReached = --_depth == 0;
        }
    }
}
