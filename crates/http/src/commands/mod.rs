//! `POST /api/commands/<name>`: the command list of the window and the terminal, for the page in a browser and for
//! scripts with a key. What works on files of this machine is refused by the engine.

use crate::door::{Face, body, unreadable};
use crate::native::answer::{Answer, Refused, json};
use crate::native::request::At;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The longest request, in bytes.
const MAX_REQUEST: usize = 1 << 20;
/// The same for commands that carry a document: as text in JSON it may take twice its length.
const MAX_WITH_DATA: usize = 2 * engine::rules::json::MAX_BYTES + MAX_REQUEST;

/// The route.
pub fn routes() -> OpenApiRouter<Face> {
    OpenApiRouter::new().routes(routes!(run))
}

/// The names of all commands.
struct CommandName;

impl utoipa::PartialSchema for CommandName {
    fn schema() -> RefOr<Schema> {
        let names = api::COMMANDS.iter().map(|(name, _)| *name);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl utoipa::ToSchema for CommandName {}

/// Run a command
///
/// The body is the command's request, the answer its answer, as the window's page has them; `{}` where there is nothing to
/// say.
#[utoipa::path(
    post, path = "/api/commands/{name}", tag = "commands", operation_id = "command_run",
    params(("name" = inline(CommandName), Path, description = "Name of the command")),
    request_body(content = Object, content_type = "application/json"),
    responses((status = 200, description = "The command's answer", body = serde_json::Value), Refused),
    security(("key" = []), ("bearer" = [])),
)]
async fn run(State(face): State<Face>, At(name): At<String>, headers: HeaderMap, body: Body) -> Answer {
    let caller = face.user(&headers, None).await?;
    let limit = if name.starts_with("data_") { MAX_WITH_DATA } else { MAX_REQUEST };
    let request = body::whole(body, limit).await?;
    let request: Value =
        serde_json::from_slice(&request).map_err(|error| unreadable(format!("its JSON: {error}")))?;
    let answer = face.run(move |engine| Ok(api::dispatch(engine, &caller, &name, request))).await?;
    Ok(json(StatusCode::OK, &answer.map_err(Refused::from)?))
}
