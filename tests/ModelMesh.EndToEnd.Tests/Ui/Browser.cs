using Microsoft.Playwright;
using ModelMesh.EndToEnd.Tests.Harness;

namespace ModelMesh.EndToEnd.Tests.Ui;

/// <summary>A headless Chromium. What a page complains of on its console, and what it could not load, is kept: a page that works has nothing to say there.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _complaints = [];

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Headless = true, Args = ["--no-sandbox"] });
        return new Browser(playwright, browser);
    }

    /// <summary>A page of its own, as in another window.</summary>
    /// <param name="address">Where the registry is.</param>
    /// <param name="phone">The size of a phone, and touch.</param>
    /// <param name="dark">Which colours the system asks for.</param>
    public async Task<IPage> OpenAsync(Uri address, bool phone = false, bool dark = false)
    {
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1360, Height = 860 },
            HasTouch = phone,
            IsMobile = phone,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        page.SetDefaultTimeout(15_000);
        page.Console += (_, message) => Complain(message.Type == "error" ? $"console: {message.Text}" : null);
        page.PageError += (_, error) => Complain($"script: {error}");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Complain(string? what)
    {
        if (what is not null)
        {
            lock (_complaints)
            {
                _complaints.Add(what);
            }
        }
    }
}
