namespace ModelMesh.Registry.Ui.Models;

/// <summary>The newest samples of three figures of one model version. Not thread-safe.</summary>
internal sealed class TrendRing
{
    private const int Figures = 3;

    private readonly float[] _samples = new float[Figures * FigureHistory.Samples];
    private int _next;
    private int _silent;

    public TrendRing() => Array.Fill(_samples, float.NaN);

    /// <summary>Whether nothing in it tells anything any more.</summary>
    public bool IsSilent => _silent >= FigureHistory.Samples;

    public void Add(double? speed, double? firstTokenMs, double active)
    {
        var at = Figures * _next;
        _samples[at] = (float)(speed ?? double.NaN);
        _samples[at + 1] = (float)(firstTokenMs ?? double.NaN);
        _samples[at + 2] = (float)active;
        _next = (_next + 1) % FigureHistory.Samples;
        _silent = speed is null && firstTokenMs is null && active is 0 or double.NaN ? _silent + 1 : 0;
    }

    public ModelTrend Read() => new(Of(0), Of(1), Of(2));

    private double[] Of(int figure)
    {
        var values = new double[FigureHistory.Samples];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _samples[(Figures * ((_next + i) % FigureHistory.Samples)) + figure];
        }

        return values;
    }
}
