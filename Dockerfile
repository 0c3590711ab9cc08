# syntax=docker/dockerfile:1
# The published package as it runs anywhere, and nothing else: built in one image, run in another.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
# Two hundred debates at once take a fifth less memory with a small young generation, for a few per cent of CPU.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=8 \
    TERTULIA_DATA_DIR=/data \
    TERTULIA_HTTP_HOST=0.0.0.0 \
    TERTULIA_HTTP_PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
# The embedded database, where DATABASE_URL is not set.
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm between: the process itself hears that it is to stop, and hands its debates over.
ENTRYPOINT ["node", "dist/src/cli.js"]
CMD ["serve"]
