using Microsoft.AspNetCore.Components;

namespace ModelMesh.Registry.Ui.Rendering;

/// <summary>What a page is: a component that is given the request, reads what it shows as it is initialized, and is rendered once.</summary>
public abstract class UiPage : ComponentBase
{
    /// <summary>The request that asks for the page: its route values and query say what to show.</summary>
    [Parameter]
    public HttpRequest Request { get; set; } = null!;
}
