using System.Runtime.CompilerServices;

namespace ModelMesh.LocalHosting;

/// <summary>An interpolated string whose holes are filled once ports are known.</summary>
public sealed class ReferenceExpression
{
    private readonly IReadOnlyList<Func<string>> _parts;

    private ReferenceExpression(IReadOnlyList<Func<string>> parts, IReadOnlyList<Resource> resources)
    {
        _parts = parts;
        Resources = resources;
    }

    internal IReadOnlyList<Resource> Resources { get; }

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts, handler.Resources);

    internal string Resolve() => string.Concat(_parts.Select(part => part()));

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
            _ = literalLength;
            Parts = new List<Func<string>>(formattedCount * 2);
            Resources = [];
        }

        internal List<Func<string>> Parts { get; }

        internal List<Resource> Resources { get; }

        public void AppendLiteral(string value) => Parts.Add(() => value);

        public void AppendFormatted(string? value) => Parts.Add(() => value ?? string.Empty);

        public void AppendFormatted(EndpointReferenceExpression value)
        {
            Parts.Add(value.Resolve);
            Resources.Add(value.Resource);
        }
    }
}
