using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Traffic;

/// <summary>An explanation for people: the decision, then why.</summary>
internal static class ExplanationText
{
    public static void Write(CommandContext context, ExplanationView explanation)
    {
        var decision = explanation.Decision;
        context.Say(decision.Error is { } error
            ? $"Refused: {error.Message} ({error.Code})"
            : $"Goes to {decision.Model}@{decision.Version}, by {decision.By}{(decision.Rule is { } decided ? $" '{decided}'" : "")}{(decision.Certain ? "" : "; weights leave it open, this is the likeliest")}");
        if (explanation.Routes.Count > 1)
        {
            context.Say($"Then, if that cannot serve: {string.Join(", ", explanation.Routes.Skip(1).Select(route => $"{route.Model}@{route.Version}"))}");
        }

        context.Say("");
        foreach (var step in explanation.Steps)
        {
            context.Say($"  {step.Step}. {step.Outcome}");
        }

        if (explanation.Rules.Count > 0)
        {
            context.Say("");
            var rules = new Listing("rule", "priority#", "share#", "outcome");
            foreach (var rule in explanation.Rules)
            {
                rules.Add(rule.Name, rule.Priority, Figures.Percent(rule.Share), new Cell(rule.Outcome, rule.Taken ? Spectre.Console.Color.Green : null));
            }

            rules.Write(context.Console, "");
        }

        if (explanation.Versions.Count > 0)
        {
            context.Say("");
            var versions = new Listing("version", "place#", "share#", "outcome");
            foreach (var version in explanation.Versions)
            {
                versions.Add(version.Version is null ? version.Model : $"{version.Model}@{version.Version}", version.Place?.ToString() ?? "-", Figures.Percent(version.Share), version.Outcome);
            }

            versions.Write(context.Console, "");
        }
    }
}
