using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Calls;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Chat;

internal static class ChatExtensions
{
    private const int ShortestWholeAnswer = 1024;
    private const int LongestWholeAnswer = 1024 * 1024 * 1024;
    private static readonly TimeSpan LongestQueueNotice = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);

    // A timer takes no more than some weeks.
    private static readonly TimeSpan LongestKeepAlive = TimeSpan.FromDays(1);

    /// <summary>What every API that applications call is made of.</summary>
    public static WebApplicationBuilder AddCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AnswerOptions>().BindSettings("Answers")
            .Validate(options => options.KeepAlive >= ShortestKeepAlive && options.KeepAlive <= LongestKeepAlive, "Answers:KeepAlive must be from 100 milliseconds to 1 day.")
            .Validate(options => options.QueueNotice >= TimeSpan.Zero && options.QueueNotice <= LongestQueueNotice, "Answers:QueueNotice must be from 0 to 1 hour.")
            .Validate(options => options.MaxWholeAnswer is >= ShortestWholeAnswer and <= LongestWholeAnswer, $"Answers:MaxWholeAnswer must be from {ShortestWholeAnswer} to {LongestWholeAnswer}.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ApplicationCall>();
        builder.Services.AddSingleton<StreamedAnswer>();
        builder.Services.AddSingleton<AnswerCollector>();
        builder.Services.AddSingleton<ChatCall>();
        builder.Services.AddSingleton<WholeCall>();
        return builder;
    }

    /// <summary>An endpoint that answers in words.</summary>
    /// <param name="what">The API's name in traces.</param>
    public static IEndpointConventionBuilder MapChat(this WebApplication app, string path, string what, Func<ReadOnlyMemory<byte>, IChatExchange> parse) =>
        // Resolved by the request, not here: what it needs reads options, and those are checked all together when the host starts.
        app.MapPost(path, context => context.RequestServices.GetRequiredService<ChatCall>().HandleAsync(context, what, parse));
}
