namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>How messages become the one text that TGI's native endpoint takes.</summary>
internal enum PromptTemplate
{
    /// <summary>The model's own chat template, applied by the server.</summary>
    Server,

    /// <summary>ChatML: <c>&lt;|im_start|&gt;user …</c>.</summary>
    Chatml,

    /// <summary>Llama 3's headers.</summary>
    Llama3,

    /// <summary>The messages' texts, one after the other.</summary>
    Plain,
}
