namespace ModelMesh.Registry.Ui;

/// <summary>How long something took or is ago, as the scripts go on to write it: the two largest units.</summary>
internal static class AgeText
{
    public static string Of(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => "0 s",
        { Days: > 0 } => $"{age.Days} d {age.Hours} h",
        { Hours: > 0 } => $"{age.Hours} h {age.Minutes} min",
        { Minutes: > 0 } => $"{age.Minutes} min {age.Seconds} s",
        _ => $"{age.Seconds} s",
    };
}
